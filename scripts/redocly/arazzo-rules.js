// The lint rules for the workflows.
import { describes } from "./described.js";

/** @import { Context, Node } from "./nodes.js" */

/** A step without criteria passes on any answer that the contract has, an error included. */
export function StepCriteria() {
  return {
    Step: {
      /** @param {Node} step @param {Context} ctx */
      enter(step, ctx) {
        if (step.workflowId) return; // the criteria are those of that workflow's own steps
        const conditions = (step.successCriteria ?? []).map((/** @type {Node} */ criterion) => criterion.condition);
        for (const [what, pattern] of STEP_CRITERIA) {
          if (!conditions.some((/** @type {string} */ condition) => pattern.test(condition)))
            ctx.report({ message: `A step says in \`successCriteria\` which ${what} it expects.` });
        }
      },
    },
  };
}

/** @type {[string, RegExp][]} */
const STEP_CRITERIA = [
  ["status code", /^\$statusCode == \d{3}$/],
  ["responseCode", /^\$response\.body#\/responseCode == '\d{7}'$/],
];

export function WorkflowDescribed() {
  return { Workflow: describes("A workflow"), Step: describes("A step") };
}
