import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SessionsService } from '../sessions/sessions.service.js';
import { PasswordChange } from './password-change.service.js';
import { PeopleService } from './people.service.js';
import type { SignedInPerson } from './person.js';

/** Who is signed in with a browser: a session alone does not say whether its person is still welcome. */
@Injectable()
export class SignedInPeople {
  constructor(
    private readonly sessions: SessionsService,
    private readonly people: PeopleService,
    private readonly passwords: PasswordChange,
  ) {}

  /** @returns null when nobody is, when they were switched off since, or when they have to set a new password first */
  async find(request: FastifyRequest): Promise<SignedInPerson | null> {
    const session = await this.sessions.find(request);
    if (session === null) return null;
    const person = await this.people.find(session.subject);
    if (person?.isActive !== true || person.role !== session.role) return null;
    return (await this.passwords.isDue(person, session)) ? null : { session, person };
  }
}
