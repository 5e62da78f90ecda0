/** The EHR's tables of resource identifiers, settings, key material, audit entries and login protection. */
export const RECORD_TABLES: readonly string[] = [
  `CREATE TABLE "uuid_registry" (
    "uuid" BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    "table_name" TEXT NOT NULL DEFAULT '',
    "table_id" TEXT NOT NULL DEFAULT '',
    "table_vertical" TEXT NOT NULL DEFAULT '',
    "couchdb" TEXT NOT NULL DEFAULT '',
    "document_drive" INTEGER NOT NULL DEFAULT 0,
    "mapped" INTEGER NOT NULL DEFAULT 0,
    "created" TEXT,
    PRIMARY KEY ("uuid")
  )`,
  `CREATE TABLE "uuid_mapping" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "uuid" BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    "resource" TEXT NOT NULL DEFAULT '',
    "resource_path" TEXT,
    "table" TEXT NOT NULL DEFAULT '',
    "target_uuid" BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    "created" TEXT
  )`,
  `CREATE INDEX "uuid_mapping_uuid" ON "uuid_mapping" ("uuid")`,
  `CREATE INDEX "uuid_mapping_resource" ON "uuid_mapping" ("resource")`,
  `CREATE INDEX "uuid_mapping_table" ON "uuid_mapping" ("table")`,
  `CREATE INDEX "uuid_mapping_target_uuid" ON "uuid_mapping" ("target_uuid")`,
  `CREATE TABLE "globals" (
    "gl_name" TEXT NOT NULL,
    "gl_index" INTEGER NOT NULL DEFAULT 0,
    "gl_value" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("gl_name", "gl_index")
  )`,
  `CREATE TABLE "keys" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "value" TEXT
  )`,
  `CREATE UNIQUE INDEX "keys_name" ON "keys" ("name")`,
  `CREATE TABLE "version" (
    "v_major" INTEGER NOT NULL DEFAULT 0,
    "v_minor" INTEGER NOT NULL DEFAULT 0,
    "v_patch" INTEGER NOT NULL DEFAULT 0,
    "v_realpatch" INTEGER NOT NULL DEFAULT 0,
    "v_tag" TEXT NOT NULL DEFAULT '',
    "v_database" INTEGER NOT NULL DEFAULT 0,
    "v_acl" INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE "log" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "date" TEXT,
    "event" TEXT,
    "category" TEXT,
    "user" TEXT,
    "groupname" TEXT,
    "comments" TEXT,
    "user_notes" TEXT,
    "patient_id" INTEGER,
    "success" INTEGER DEFAULT 1,
    "checksum" TEXT,
    "crt_user" TEXT,
    "log_from" TEXT DEFAULT 'open-emr',
    "menu_item_id" INTEGER,
    "ccda_doc_id" INTEGER
  )`,
  `CREATE INDEX "log_patient_id" ON "log" ("patient_id")`,
  `CREATE TABLE "log_comment_encrypt" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "log_id" INTEGER NOT NULL,
    "encrypt" TEXT NOT NULL DEFAULT 'No' CHECK ("encrypt" IN ('Yes', 'No')),
    "checksum" TEXT,
    "checksum_api" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE "api_log" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "log_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "patient_id" INTEGER NOT NULL,
    "ip_address" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "request_url" TEXT,
    "request_body" TEXT,
    "response" TEXT,
    "created_time" TEXT
  )`,
  `CREATE TABLE "extended_log" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "date" TEXT,
    "event" TEXT,
    "user" TEXT,
    "recipient" TEXT,
    "description" TEXT,
    "patient_id" INTEGER
  )`,
  `CREATE INDEX "extended_log_patient_id" ON "extended_log" ("patient_id")`,
  `CREATE TABLE "ip_tracking" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "ip_string" TEXT DEFAULT '',
    "total_ip_login_fail_counter" INTEGER DEFAULT 0,
    "ip_login_fail_counter" INTEGER DEFAULT 0,
    "ip_last_login_fail" TEXT,
    "ip_auto_block_emailed" INTEGER DEFAULT 0,
    "ip_force_block" INTEGER DEFAULT 0,
    "ip_no_prevent_timing_attack" INTEGER DEFAULT 0
  )`,
  `CREATE UNIQUE INDEX "ip_tracking_ip_string" ON "ip_tracking" ("ip_string")`,
  `CREATE TABLE "session_tracker" (
    "uuid" BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    "created" TEXT,
    "last_updated" TEXT,
    "number_scripts" INTEGER DEFAULT 1,
    PRIMARY KEY ("uuid")
  )`,
];
