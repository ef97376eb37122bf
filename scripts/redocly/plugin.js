// Our Redocly plugin: what redocly.yaml calls `snap/...`.
import { StepCriteria, WorkflowDescribed } from "./arazzo-rules.js";
import { SayOpen, SayPresence } from "./decorators.js";
import { ExpandCatalogue } from "./expand-catalogue.js";
import {
  BodyObjectOpen,
  BodyStringBounded,
  ConditionStated,
  Described,
  NoSchemaId,
  OperationComplete,
  PathIsRef,
  PatternInWords,
} from "./rules.js";

export default function snapPlugin() {
  return {
    id: "snap",
    preprocessors: { oas3: { "expand-catalogue": ExpandCatalogue } },
    decorators: { oas3: { "say-open": SayOpen, "say-presence": SayPresence } },
    rules: {
      oas3: {
        "body-string-bounded": BodyStringBounded,
        described: Described,
        "body-object-open": BodyObjectOpen,
        "condition-stated": ConditionStated,
        "operation-complete": OperationComplete,
        "no-schema-id": NoSchemaId,
        "path-is-ref": PathIsRef,
        "pattern-in-words": PatternInWords,
      },
      arazzo1: { described: WorkflowDescribed, "step-criteria": StepCriteria },
    },
  };
}
