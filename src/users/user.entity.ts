import { PrimaryColumn } from 'typeorm';
import { Flag, Name, wholeNumber } from '../platform/database/columns.js';
import { EhrTable, EhrUuid } from '../platform/ehr/ehr-table.js';

/** A member of staff, or a service account of the EHR. Written only to fill a missing uuid. */
@EhrTable('users')
export class User {
  @PrimaryColumn({ name: 'id', type: 'bigint', transformer: wholeNumber })
  id!: number;

  /** `sub` of the person's tokens. */
  @EhrUuid('uuid')
  uuid!: string | null;

  @Name('username', { nullable: true })
  username!: string | null;

  @Name('fname', { nullable: true })
  firstName!: string | null;

  @Name('mname', { nullable: true })
  middleName!: string | null;

  @Name('lname', { nullable: true })
  lastName!: string | null;

  @Flag('active')
  isActive!: boolean;

  /** National provider number; with it a person is a Practitioner. */
  @Name('npi', { nullable: true })
  npi!: string | null;

  @Name('email', { nullable: true })
  email!: string | null;

  @Name('street', { nullable: true })
  street!: string | null;

  @Name('city', { nullable: true })
  city!: string | null;

  @Name('state', { nullable: true })
  state!: string | null;

  @Name('zip', { nullable: true })
  zip!: string | null;

  @Name('phone', { nullable: true })
  phone!: string | null;

  @Name('abook_type')
  addressBookType!: string;
}
