// Generated from openapi/ by `npm run generate`. Do not edit.
/** The profiles that come with the package, each loaded when it is asked for. */
export const profiles = {

};
