import { SetMetadata } from '@nestjs/common';

export const TOKEN_ENDPOINT = 'chartkey:token-endpoint';

/** What is special about a route where grants are exchanged. */
export interface TokenEndpoint {
  /** What a request without `grant_type` asks for; undefined where it must be sent. */
  readonly defaultGrantType?: string;
}

/** Marks a route where grants are exchanged: switches for old clients reach it and no other. */
export const AtTokenEndpoint = (endpoint: TokenEndpoint = {}): MethodDecorator => SetMetadata(TOKEN_ENDPOINT, endpoint);
