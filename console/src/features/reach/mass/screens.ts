/** The screens of what staff confirm in WeCom: small, and seen one after the other, they are one chunk. */
export { GroupSendingPage } from "./GroupSendingPage";
export { GroupSendingsPage } from "./GroupSendingsPage";
export { MassPage } from "./MassPage";
export { MassTaskPage } from "./MassTaskPage";
export { MomentsPage } from "./MomentsPage";
export { NewGroupMassPage } from "./NewGroupMassPage";
export { NewMomentPage } from "./NewMomentPage";
