/** Headers of every JSON answer: what helmet sets where there is no page, as one object made once. The pages under /docs
 *  have helmet itself.
 *  @see docs/decisions/0006-hot-path-of-a-request.md */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
