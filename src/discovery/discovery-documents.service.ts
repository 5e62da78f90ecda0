import { Injectable } from '@nestjs/common';
import { PublicDocument } from '../platform/web/public-document.js';
import { authorizationServerMetadata } from '../protocol/metadata/authorization-server-metadata.js';
import { openidConfiguration } from '../protocol/metadata/openid-configuration.js';
import type { ServerFacts } from '../protocol/metadata/server-facts.js';
import { ServerFactsService } from './server-facts.service.js';

/** The published documents. */
export interface DiscoveryDocuments {
  readonly openid: PublicDocument;
  readonly oauth: PublicDocument;
}

/** Writes the documents once for each state of the facts. */
@Injectable()
export class DiscoveryDocumentsService {
  private readonly written = new WeakMap<ServerFacts, DiscoveryDocuments>();

  constructor(private readonly facts: ServerFactsService) {}

  async read(): Promise<DiscoveryDocuments> {
    const facts = await this.facts.read();
    const known = this.written.get(facts);
    if (known) return known;
    const documents = {
      openid: new PublicDocument(openidConfiguration(facts)),
      oauth: new PublicDocument(authorizationServerMetadata(facts)),
    };
    this.written.set(facts, documents);
    return documents;
  }
}
