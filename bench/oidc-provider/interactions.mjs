import { verify } from '@node-rs/bcrypt';

const page = (title, form) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${form}</body></html>`;

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const signInPage = (uid) =>
  page(
    'Sign in',
    `<form method="post" action="/interaction/${uid}/login"><label>User name <input name="username" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label><button>Sign in</button></form>`,
  );

const consentPage = (uid, { client_id, scope }) =>
  page(
    `Allow ${escape(client_id)}?`,
    `<ul>${scope
      .split(' ')
      .map((name) => `<li>${escape(name)}</li>`)
      .join('')}</ul><form method="post" action="/interaction/${uid}/consent">
<button name="decision" value="allow">Allow</button></form>`,
  );

async function readForm(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

async function checkPassword(findByUsername, form) {
  const account = await findByUsername(form.get('username') ?? '');
  const isRight = account !== undefined && (await verify(form.get('password') ?? '', account.password));
  return isRight ? { login: { accountId: account.id } } : { error: 'access_denied', error_description: 'wrong user name or password' };
}

/** Grants all that is asked for. */
async function grantAll(provider, { session, params, prompt: { details }, grantId: known }) {
  const { accountId } = session;
  const grant = known === undefined ? new provider.Grant({ accountId, clientId: params.client_id }) : await provider.Grant.find(known);
  if (details.missingOIDCScope) grant.addOIDCScope(details.missingOIDCScope.join(' '));
  if (details.missingOIDCClaims) grant.addOIDCClaims(details.missingOIDCClaims);
  for (const [indicator, scopes] of Object.entries(details.missingResourceScopes ?? {}))
    grant.addResourceScope(indicator, scopes.join(' '));
  const grantId = await grant.save();
  return { consent: known === undefined ? { grantId } : {} };
}

/**
 * The pages on which a person signs in and consents.
 * @returns middleware of Koa
 */
export function makeInteractions(provider, { findByUsername }) {
  return async (ctx, next) => {
    const [, uid, step] = /^\/interaction\/([\w-]+)(?:\/(login|consent))?$/.exec(ctx.path) ?? [];
    if (uid === undefined) return next();
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    if (step === undefined) {
      ctx.type = 'html';
      ctx.body = details.prompt.name === 'login' ? signInPage(uid) : consentPage(uid, details.params);
      return undefined;
    }
    const result = step === 'login' ? await checkPassword(findByUsername, await readForm(ctx.req)) : await grantAll(provider, details);
    const mergeWithLastSubmission = step === 'consent';
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission }));
    ctx.status = 303;
    return undefined;
  };
}
