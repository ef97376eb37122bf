// What `import ... from "snap-bi-contract/validation"` gives: bodies and headers against the contract.
export {
  type RequestValidationResult,
  type SnapAnswer,
  type ValidationResult,
  type Violation,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "./contract/validation.ts";
