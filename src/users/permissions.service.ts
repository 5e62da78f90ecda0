import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isPermitted, type Permission } from './ehr-permission.query.js';

/** What the EHR's access rules (phpGACL) let members of staff do. */
@Injectable()
export class PermissionsService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** @param username in exact case */
  isPermitted(username: string, permission: Permission): Promise<boolean> {
    return isPermitted(this.source.manager, username, permission);
  }
}
