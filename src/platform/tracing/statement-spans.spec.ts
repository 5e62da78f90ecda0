import { STATEMENT_SPAN } from './statement-spans.js';

describe('A statement as a span', () => {
  it.each([
    ["SELECT `a` FROM `api_token` `t` WHERE `token` = 'secret'", 'SELECT api_token'],
    ['select 1', 'SELECT'],
    ["INSERT INTO `oauth2_grant`(`id`) VALUES ('secret')", 'INSERT oauth2_grant'],
    ['UPDATE oauth2_issuance SET x = 1', 'UPDATE oauth2_issuance'],
    ["DELETE FROM `oauth2_session` WHERE id = 'secret'", 'DELETE oauth2_session'],
    ['START TRANSACTION', 'START'],
    ['', 'OTHER'],
  ])('%s is %s', (query, name) => {
    const span = STATEMENT_SPAN.describe({ query, database: 'openemr' });
    expect(span.name).toBe(name);
    expect(JSON.stringify(span)).not.toContain('secret');
    expect(span.attributes['db.namespace']).toBe('openemr');
  });
});
