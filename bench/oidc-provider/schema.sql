-- What oidc-provider keeps: its models by their identifiers, the people who sign in, and the access tokens that were signed.
CREATE TABLE payload (
  model VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload TEXT NOT NULL,
  grant_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  uid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  user_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  expires_at BIGINT NULL,
  consumed_at BIGINT NULL,
  PRIMARY KEY (model, id),
  KEY payload_grant (grant_id),
  KEY payload_uid (model, uid),
  KEY payload_user_code (model, user_code),
  KEY payload_expiry (expires_at)
) ENGINE=InnoDB;

CREATE TABLE account (
  id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  username VARCHAR(100) NOT NULL,
  password VARCHAR(255) NOT NULL,
  claims TEXT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY account_username (username)
) ENGINE=InnoDB;

CREATE TABLE issued_token (
  jti VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id VARCHAR(80) NOT NULL,
  account_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  grant_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  scope TEXT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (jti),
  KEY issued_token_grant (grant_id),
  KEY issued_token_expiry (expires_at)
) ENGINE=InnoDB;
