export const tags = {
  title: "标签",
};
