/**
 * The EHR's phpGACL tables: who (aro) may do what (aco) to what (axo), and the counters of their ids.
 *
 * Their ids are given by hand, so tables keyed by one number are WITHOUT ROWID: elsewhere SQLite would invent a number where MySQL takes
 * the column's default.
 */
export const ACCESS_CONTROL_TABLES: readonly string[] = [
  `CREATE TABLE "gacl_aro_sections" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_aro_sections_gacl_value_aro_sections" ON "gacl_aro_sections" ("value")`,
  `CREATE INDEX "gacl_aro_sections_gacl_hidden_aro_sections" ON "gacl_aro_sections" ("hidden")`,
  `CREATE TABLE "gacl_aro" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_aro_gacl_section_value_value_aro" ON "gacl_aro" ("section_value", "value")`,
  `CREATE INDEX "gacl_aro_gacl_hidden_aro" ON "gacl_aro" ("hidden")`,
  `CREATE TABLE "gacl_aro_groups" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "parent_id" INTEGER NOT NULL DEFAULT 0,
    "lft" INTEGER NOT NULL DEFAULT 0,
    "rgt" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    PRIMARY KEY ("id", "value")
  )`,
  `CREATE UNIQUE INDEX "gacl_aro_groups_gacl_value_aro_groups" ON "gacl_aro_groups" ("value")`,
  `CREATE INDEX "gacl_aro_groups_gacl_parent_id_aro_groups" ON "gacl_aro_groups" ("parent_id")`,
  `CREATE INDEX "gacl_aro_groups_gacl_lft_rgt_aro_groups" ON "gacl_aro_groups" ("lft", "rgt")`,
  `CREATE TABLE "gacl_groups_aro_map" (
    "group_id" INTEGER NOT NULL DEFAULT 0,
    "aro_id" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("group_id", "aro_id")
  )`,
  `CREATE INDEX "gacl_groups_aro_map_gacl_aro_id" ON "gacl_groups_aro_map" ("aro_id")`,
  `CREATE TABLE "gacl_aco_sections" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_aco_sections_gacl_value_aco_sections" ON "gacl_aco_sections" ("value")`,
  `CREATE INDEX "gacl_aco_sections_gacl_hidden_aco_sections" ON "gacl_aco_sections" ("hidden")`,
  `CREATE TABLE "gacl_aco" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_aco_gacl_section_value_value_aco" ON "gacl_aco" ("section_value", "value")`,
  `CREATE INDEX "gacl_aco_gacl_hidden_aco" ON "gacl_aco" ("hidden")`,
  `CREATE TABLE "gacl_acl_sections" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_acl_sections_gacl_value_acl_sections" ON "gacl_acl_sections" ("value")`,
  `CREATE INDEX "gacl_acl_sections_gacl_hidden_acl_sections" ON "gacl_acl_sections" ("hidden")`,
  `CREATE TABLE "gacl_acl" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT 'system',
    "allow" INTEGER NOT NULL DEFAULT 0,
    "enabled" INTEGER NOT NULL DEFAULT 0,
    "return_value" TEXT,
    "note" TEXT,
    "updated_date" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE INDEX "gacl_acl_gacl_enabled_acl" ON "gacl_acl" ("enabled")`,
  `CREATE INDEX "gacl_acl_gacl_section_value_acl" ON "gacl_acl" ("section_value")`,
  `CREATE INDEX "gacl_acl_gacl_updated_date_acl" ON "gacl_acl" ("updated_date")`,
  `CREATE TABLE "gacl_aco_map" (
    "acl_id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    PRIMARY KEY ("acl_id", "section_value", "value")
  )`,
  `CREATE TABLE "gacl_aro_map" (
    "acl_id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    PRIMARY KEY ("acl_id", "section_value", "value")
  )`,
  `CREATE TABLE "gacl_aro_groups_map" (
    "acl_id" INTEGER NOT NULL DEFAULT 0,
    "group_id" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("acl_id", "group_id")
  )`,
  `CREATE TABLE "gacl_axo_sections" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_axo_sections_gacl_value_axo_sections" ON "gacl_axo_sections" ("value")`,
  `CREATE INDEX "gacl_axo_sections_gacl_hidden_axo_sections" ON "gacl_axo_sections" ("hidden")`,
  `CREATE TABLE "gacl_axo" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    "order_value" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX "gacl_axo_gacl_section_value_value_axo" ON "gacl_axo" ("section_value", "value")`,
  `CREATE INDEX "gacl_axo_gacl_hidden_axo" ON "gacl_axo" ("hidden")`,
  `CREATE TABLE "gacl_axo_groups" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "parent_id" INTEGER NOT NULL DEFAULT 0,
    "lft" INTEGER NOT NULL DEFAULT 0,
    "rgt" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    PRIMARY KEY ("id", "value")
  )`,
  `CREATE UNIQUE INDEX "gacl_axo_groups_gacl_value_axo_groups" ON "gacl_axo_groups" ("value")`,
  `CREATE INDEX "gacl_axo_groups_gacl_parent_id_axo_groups" ON "gacl_axo_groups" ("parent_id")`,
  `CREATE INDEX "gacl_axo_groups_gacl_lft_rgt_axo_groups" ON "gacl_axo_groups" ("lft", "rgt")`,
  `CREATE TABLE "gacl_axo_map" (
    "acl_id" INTEGER NOT NULL DEFAULT 0,
    "section_value" TEXT NOT NULL DEFAULT '0',
    "value" TEXT NOT NULL,
    PRIMARY KEY ("acl_id", "section_value", "value")
  )`,
  `CREATE TABLE "gacl_axo_groups_map" (
    "acl_id" INTEGER NOT NULL DEFAULT 0,
    "group_id" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("acl_id", "group_id")
  )`,
  `CREATE TABLE "gacl_groups_axo_map" (
    "group_id" INTEGER NOT NULL DEFAULT 0,
    "axo_id" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("group_id", "axo_id")
  )`,
  `CREATE INDEX "gacl_groups_axo_map_gacl_axo_id" ON "gacl_groups_axo_map" ("axo_id")`,
  `CREATE TABLE "gacl_phpgacl" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    PRIMARY KEY ("name")
  )`,
  `CREATE TABLE "gacl_acl_seq" (
    "id" INTEGER NOT NULL
  )`,
  `CREATE TABLE "gacl_aco_sections_seq" (
    "id" INTEGER NOT NULL
  )`,
  `CREATE TABLE "gacl_aco_seq" (
    "id" INTEGER NOT NULL
  )`,
  `CREATE TABLE "gacl_aro_groups_id_seq" (
    "id" INTEGER NOT NULL
  )`,
  `CREATE TABLE "gacl_aro_sections_seq" (
    "id" INTEGER NOT NULL
  )`,
  `CREATE TABLE "gacl_aro_seq" (
    "id" INTEGER NOT NULL
  )`,
];
