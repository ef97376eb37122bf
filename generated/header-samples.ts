// Generated from openapi/ by `npm run generate`. Do not edit.
/** The contract's own samples of headers: what a tool sends that fills a request in from the contract. */
export const headerSamples = {
  "Authorization-Customer": "Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a",
  "X-TIMESTAMP": "2020-12-23T07:50:11+07:00",
  "X-SIGNATURE": "85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5",
  "ORIGIN": "www.hostname.com",
  "X-PARTNER-ID": "82150823919040624621823174737537",
  "X-EXTERNAL-ID": "41807553358950093184162180797837",
  "X-IP-ADDRESS": "172.24.281.24",
  "X-DEVICE-ID": "09864ADCASA",
  "X-LATITUDE": "-6.108841",
  "X-LONGITUDE": "106.7782137",
  "CHANNEL-ID": "95221",
  "X-CLIENT-KEY": "962489e9-de5d-4eb7-92a4-b07d44d64bf4"
} as const;
