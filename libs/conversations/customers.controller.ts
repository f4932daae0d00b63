import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CustomerView } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from './author.js';
import { EditCustomerDto } from './conversations.dto.js';
import { Conversations } from './conversations.service.js';

@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(private readonly conversations: Conversations) {}

  @Patch(':id')
  @ApiOperation({ summary: 'Name and ふりがな; null forgets them' })
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditCustomerDto,
  ): Promise<CustomerView> {
    return this.conversations.editCustomer(authorOf(person), id, body);
  }
}
