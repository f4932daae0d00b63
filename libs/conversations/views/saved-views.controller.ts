import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SavedView } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { EditSavedViewDto, OrderSavedViewsDto, SavedViewDto } from './saved-views.dto.js';
import { SavedViews } from './saved-views.service.js';

@ApiTags('saved-views')
@Controller('saved-views')
export class SavedViewsController {
  constructor(private readonly views: SavedViews) {}

  @Get()
  @ApiOperation({ summary: 'One’s own saved views, then the shared ones, each in its order' })
  list(@Person() person: SignedIn): Promise<SavedView[]> {
    return this.views.list(authorOf(person));
  }

  @Post()
  @ApiOperation({ summary: 'Keeps filters of the list under a name; `shared` needs the right view.share' })
  create(@Person() person: SignedIn, @Body() body: SavedViewDto): Promise<SavedView> {
    return this.views.create(authorOf(person), body);
  }

  @Put('order')
  @ApiOperation({ summary: 'The order of one’s own, or of the shared ones' })
  arrange(@Person() person: SignedIn, @Body() body: OrderSavedViewsDto): Promise<SavedView[]> {
    return this.views.arrange(authorOf(person), body);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Another name, other filters, another order of its rows' })
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditSavedViewDto,
  ): Promise<SavedView> {
    return this.views.edit(authorOf(person), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forgets a saved view' })
  remove(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.views.remove(authorOf(person), id);
  }
}
