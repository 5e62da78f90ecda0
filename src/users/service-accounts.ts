/** Login name of the account under which the EHR lets programs act that have no user. Nobody can sign in to it. */
export const SYSTEM_ACCOUNT = 'oe-system';
