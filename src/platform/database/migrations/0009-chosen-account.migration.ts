import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The session with which a person chose to go on, where an app asked them to choose (`prompt=select_account`). */
export class ChosenAccount1764000000009 implements MigrationInterface {
  readonly name = 'ChosenAccount1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth2_interaction ADD COLUMN chosen_sid VARCHAR(43) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth2_interaction DROP COLUMN chosen_sid');
  }
}
