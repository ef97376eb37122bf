// Our Redocly plugin: what redocly.yaml calls `snap/...`.
import { StepCriteria, WorkflowDescribed } from "./arazzo-rules.js";
import { SayOpen } from "./decorators.js";
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
    decorators: { oas3: { "say-open": SayOpen } },
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
