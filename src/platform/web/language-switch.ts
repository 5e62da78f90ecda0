import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../ambient/clock.js';
import { Config } from '../config/config.js';
import { CookieJar } from './cookie-jar.js';
import { chosenIn, LANGUAGE_COOKIE, withoutAnyLanguage, writeChoice } from './language-choice.js';
import { underWebRoot } from './web-root.js';

/** Seconds for which a chosen language is remembered. */
const REMEMBERED = 31_536_000;

/**
 * Lets a link choose the language of any page: `?chartkey_language=es` sets the cookie and leads back to the same address without it.
 * There is no parameter that says where to go, hence no way to lead a browser elsewhere.
 */
export function configureLanguageSwitch(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const url = request.raw.url ?? '';
      const tag = request.method === 'GET' && url.includes('?') ? chosenIn(url) : null;
      const back = tag === null ? null : withoutAnyLanguage(url);
      if (tag === null || back === null) return done();
      app.get(CookieJar).set(reply, LANGUAGE_COOKIE, writeChoice({ tag, at: app.get(Clock).now() }), REMEMBERED);
      return void reply
        .status(303)
        .headers({ location: underWebRoot(back, app.get(Config)), 'cache-control': 'no-store' })
        .send();
    });
}
