import type { Leaf } from "../condition";
import { AttributeLeaf } from "./AttributeLeaf";
import { EventLeaf } from "./EventLeaf";
import { MomentLeaf } from "./MomentLeaf";
import { DependantLeaf, RandomLeaf, ReferredByLeaf, HasReferredLeaf } from "./PeopleLeaves";
import { RelationLeaf } from "./RelationLeaf";
import { SequenceLeaf } from "./SequenceLeaf";
import { AudienceLeaf, TagGroupLeaf, TagLeaf } from "./TagLeaves";

/** One test, as a line that reads like its sentence. */
export function LeafEditor({ leaf, onChange }: { leaf: Leaf; onChange: (leaf: Leaf) => void }) {
  switch (leaf.kind) {
    case "attribute":
      return <AttributeLeaf leaf={leaf} onChange={onChange} />;
    case "tag":
      return <TagLeaf leaf={leaf} onChange={onChange} />;
    case "tag_group":
      return <TagGroupLeaf leaf={leaf} onChange={onChange} />;
    case "event":
      return <EventLeaf leaf={leaf} onChange={onChange} />;
    case "moment":
      return <MomentLeaf leaf={leaf} onChange={onChange} />;
    case "sequence":
      return <SequenceLeaf leaf={leaf} onChange={onChange} />;
    case "relation":
      return <RelationLeaf leaf={leaf} onChange={onChange} />;
    case "has_referred":
      return <HasReferredLeaf leaf={leaf} onChange={onChange} />;
    case "referred_by":
      return <ReferredByLeaf leaf={leaf} onChange={onChange} />;
    case "dependant":
      return <DependantLeaf leaf={leaf} onChange={onChange} />;
    case "audience":
      return <AudienceLeaf leaf={leaf} onChange={onChange} />;
    case "random":
      return <RandomLeaf leaf={leaf} onChange={onChange} />;
  }
}
