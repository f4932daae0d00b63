import { Body, Controller, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CustomerField, CustomerRules } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { CreateFieldDto, EditCustomerRulesDto, EditFieldDto } from './customers.dto.js';
import { CustomerFields } from './fields.service.js';

@ApiTags('customers')
@Controller()
export class CustomerFieldsController {
  constructor(private readonly fields: CustomerFields) {}

  @Get('customer-fields')
  @ApiOperation({ summary: 'Attributes that the accounts of whoever asks keep of their customers' })
  list(@Person() person: SignedIn): Promise<CustomerField[]> {
    return this.fields.list(person.accountIds);
  }

  @Post('customer-fields')
  @Requires('customer.manage')
  create(@Person() person: SignedIn, @Body() body: CreateFieldDto): Promise<CustomerField> {
    return this.fields.create(authorOf(person), body);
  }

  @Patch('customer-fields/:id')
  @Requires('customer.manage')
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditFieldDto,
  ): Promise<CustomerField> {
    return this.fields.edit(authorOf(person), id, body);
  }

  @Get('customer-rules')
  @ApiOperation({ summary: 'How long 本人確認 holds, by account' })
  rules(@Person() person: SignedIn): Promise<CustomerRules[]> {
    return this.fields.rules(authorOf(person));
  }

  @Put('customer-rules/:accountId')
  @Requires('customer.manage')
  setRules(
    @Person() person: SignedIn,
    @Param('accountId', IdPipe) accountId: string,
    @Body() body: EditCustomerRulesDto,
  ): Promise<CustomerRules> {
    return this.fields.setRules(authorOf(person), accountId, body.verificationDays);
  }
}
