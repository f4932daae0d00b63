import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { QueuePreview, QueueSummary, QueueView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { QueueStore } from './queue-store.js';
import { QueuePreviews } from './queue-preview.js';
import { QueueSummaries } from './queue-summaries.js';
import { CreateQueueDto, EditQueueDto } from './queue.dto.js';
import { Queues } from './queues.service.js';

@ApiTags('queues')
@Controller('queues')
export class QueuesController {
  constructor(
    private readonly queues: Queues,
    private readonly summaries: QueueSummaries,
    private readonly previews: QueuePreviews,
    private readonly store: QueueStore,
  ) {}

  @Get()
  @Requires('agent.read')
  @ApiOperation({ summary: 'Every queue with what waits in it now' })
  list(): Promise<QueueSummary[]> {
    return this.summaries.of();
  }

  @Get('mine')
  @ApiOperation({ summary: 'The ids of the queues that whoever asks is a member of' })
  async mine(@Person() person: SignedIn): Promise<string[]> {
    return [...(await this.store.current()).ofAgent(person.agent.id)];
  }

  @Get(':id')
  @Requires('queue.manage')
  @ApiOperation({ summary: 'A queue with all its rules' })
  view(@Param('id', IdPipe) id: string): Promise<QueueView> {
    return this.queues.view(id);
  }

  @Post()
  @Requires('queue.manage')
  @ApiOperation({ summary: 'What is left out is as usual' })
  create(@Body() body: CreateQueueDto): Promise<QueueView> {
    return this.queues.create(body);
  }

  @Patch(':id')
  @Requires('queue.manage')
  @ApiOperation({ summary: 'Bites at once: what waits is looked at again. Preview it first.' })
  edit(@Param('id', IdPipe) id: string, @Body() body: EditQueueDto): Promise<QueueView> {
    return this.queues.edit(id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('queue.manage')
  @ApiOperation({ summary: 'Only when none of its contacts is open' })
  remove(@Param('id', IdPipe) id: string): Promise<void> {
    return this.queues.remove(id);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Requires('queue.manage')
  @ApiOperation({ summary: 'What this change would do to what waits now; nothing is changed' })
  preview(@Param('id', IdPipe) id: string, @Body() body: EditQueueDto): Promise<QueuePreview> {
    return this.previews.of(id, body);
  }
}
