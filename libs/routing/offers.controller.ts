import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationRow, OfferView } from '#libs/contracts/index.js';
import { numbersFor } from '#libs/conversations/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { DeclineDto } from './contact.dto.js';
import { Offers } from './offers.service.js';

@ApiTags('offers')
@Controller('offers')
export class OffersController {
  constructor(private readonly offers: Offers) {}

  @Get()
  @ApiOperation({ summary: 'What whoever asks is being offered now' })
  open(@Person() person: SignedIn): Promise<OfferView[]> {
    return this.offers.openOf(person.agent.id, numbersFor(person));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes it; 409 offer_ended when it is too late' })
  accept(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<ConversationRow> {
    return this.offers.accept({ agentId: person.agent.id, name: person.agent.name }, id, numbersFor(person));
  }

  @Post(':id/decline')
  @HttpCode(204)
  @ApiOperation({ summary: 'With a reason; the customer keeps her place and somebody else is asked' })
  decline(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: DeclineDto): Promise<void> {
    return this.offers.decline({ agentId: person.agent.id, name: person.agent.name }, id, body);
  }
}
