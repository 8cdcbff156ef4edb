/** What texts about a player look like: a platform, a country, a language, a tier. */
export const attributeTextPattern = /^[A-Za-z0-9._-]{1,32}$/;
/** A semantic version; missing numbers are 0. */
export const appVersionPattern = /^\d{1,9}(\.\d{1,9}){0,2}(-[0-9A-Za-z.-]{1,32})?(\+[0-9A-Za-z.-]{1,32})?$/;
