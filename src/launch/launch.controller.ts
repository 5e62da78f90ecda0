import { Controller, Header, HttpCode, Ip, Post, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AuthenticatedClient } from '../clients/authenticated-client.decorator.js';
import { ClientAuthenticationGuard } from '../clients/client-authentication.guard.js';
import { Client } from '../clients/client.entity.js';
import { Access } from '../platform/web/access.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ApiOAuthErrors } from '../tokens/api-oauth-error.js';
import { Launching, type MadeLaunch } from './launching.service.js';

class LaunchRequestDto {
  @ApiProperty({
    example: 'demo-confidential-client-0000000000000000001',
    description: '`client_id` of the app; it has the scope `launch`',
  })
  app!: string;

  @ApiProperty({ example: 'clinician', description: 'Who starts it: uuid, or login name of a member of staff' })
  user!: string;

  @ApiProperty({ required: false, example: '9a1b0000-0001-4000-8000-000000000201', description: 'uuid of the patient' })
  patient?: string;

  @ApiProperty({ required: false, description: 'uuid of the visit' })
  encounter?: string;

  @ApiProperty({ required: false, example: 'reconcile-medications', description: 'SMART App Launch 2.2 §3.0.5.3' })
  intent?: string;

  @ApiProperty({ required: false, example: '[{"reference":"Appointment/123"}]', description: 'JSON list. SMART App Launch 2.2 §3.0.5.1' })
  fhirContext?: string;

  @ApiProperty({ required: false, enum: ['true', 'false'], description: 'Whether the app shows whose record it is; false when left out' })
  need_patient_banner?: string;

  @ApiProperty({ required: false, description: 'SMART App Launch 2.2 §3.0.5' })
  tenant?: string;

  @ApiProperty({ required: false, description: 'The launcher, unless HTTP Basic names it' })
  client_id?: string;

  @ApiProperty({ required: false, format: 'password', description: 'Of the launcher, unless HTTP Basic has it' })
  client_secret?: string;
}

class MadeLaunchDto implements MadeLaunch {
  @ApiProperty({ description: 'What the app sends as `launch`. Good once, for this app and this person' })
  launch!: string;

  @ApiProperty({ example: 'https://emr.clinic.example/apis/default/fhir', description: 'Base of the FHIR API' })
  iss!: string;

  @ApiProperty({ example: 300, description: 'Seconds until it has to be used' })
  expires_in!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where to send the browser; null when the app registered no `initiate_login_uri`',
  })
  launch_url!: string | null;
}

@ApiTags('SMART App Launch')
@Controller('smart/launch')
export class LaunchController {
  constructor(private readonly launching: Launching) {}

  /** Makes the `launch` with which an EHR or a portal starts an app. @see SMART App Launch 2.2 §2.0.8 */
  @Post()
  @HttpCode(201)
  @Access('client')
  @UseGuards(ClientAuthenticationGuard)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Start an app from a chart',
    description:
      'For the EHR or a portal, which an operator has marked: `chartkey clients mark <client_id> --add launcher`. Send the browser to `launch_url`. ' +
      'SMART App Launch 2.2, "EHR launch".',
  })
  @ApiBasicAuth()
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: LaunchRequestDto })
  @ApiCreatedResponse({ type: MadeLaunchDto })
  @ApiOAuthErrors({
    invalid_request: 'A parameter is missing, repeated or malformed, or there is no such app, person or patient.',
    invalid_client: 'The client is unknown, or its credentials are wrong.',
    unauthorized_client: 'The client waits for approval, or is not marked as a launcher.',
    temporarily_unavailable: 'The database does not answer; try again after Retry-After.',
  })
  create(@SentForm() form: SentParameters, @AuthenticatedClient() launcher: Client, @Ip() address: string): Promise<MadeLaunchDto> {
    return this.launching.make(form, launcher, address);
  }
}
