import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ForbiddenWord } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { EditForbiddenWordDto, ForbiddenWordDto } from './forbidden-words.dto.js';
import { ForbiddenWords } from './forbidden-words.service.js';

@ApiTags('forbidden words')
@Controller('forbidden-words')
export class ForbiddenWordsController {
  constructor(private readonly words: ForbiddenWords) {}

  @Get()
  @ApiOperation({ summary: 'Those of one’s accounts: whoever writes is warned of them before sending' })
  list(@Person() person: SignedIn): Promise<ForbiddenWord[]> {
    return this.words.list(authorOf(person));
  }

  @Post()
  @Requires('canned.manage')
  create(@Person() person: SignedIn, @Body() body: ForbiddenWordDto): Promise<ForbiddenWord> {
    return this.words.create(authorOf(person), body);
  }

  @Patch(':id')
  @Requires('canned.manage')
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditForbiddenWordDto,
  ): Promise<ForbiddenWord> {
    return this.words.edit(authorOf(person), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('canned.manage')
  remove(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.words.remove(authorOf(person), id);
  }
}
