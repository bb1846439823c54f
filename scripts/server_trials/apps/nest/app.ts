// A small server of NestJS, with pipes that reject what is not declared.
import 'reflect-metadata';
import {
  BadRequestException, Body, Controller, Delete, Get, Headers, HttpCode, Module, Param,
  ParseIntPipe, Post, Query, Sse, StreamableFile, UploadedFile, UseInterceptors, ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBearerAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProperty,
  ApiPropertyOptional, ApiTags, DocumentBuilder, SwaggerModule,
} from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsDate, IsIn, IsInt, IsNumber, IsOptional, IsString, ValidateNested } from 'class-validator';
import { from } from 'rxjs';

class Owner {
  @ApiProperty() @IsString() name: string;
}

class Thing {
  @ApiProperty({ type: 'integer' }) @IsInt() count: number;
  @ApiProperty() @IsNumber() price: number;
  @ApiProperty() @IsDate() @Type(() => Date) made: Date;
  @ApiProperty({ type: [String] }) @IsArray() @IsString({ each: true }) tags: string[];
  @ApiPropertyOptional({ type: Owner }) @IsOptional() @ValidateNested() @Type(() => Owner) owner?: Owner;
}

class Page {
  @ApiProperty({ type: [Number] }) items: number[];
  @ApiProperty({ type: 'integer' }) total: number;
}

class PageQuery {
  @ApiPropertyOptional({ type: 'integer' }) @IsOptional() @IsInt() @Type(() => Number) page?: number;
  @ApiPropertyOptional({ type: 'integer' }) @IsOptional() @IsInt() @Type(() => Number) size?: number;
}

class Search {
  @ApiPropertyOptional({ type: [String], enum: ['red', 'blue'] })
  @IsOptional() @Transform(({ value }) => [value].flat()) @IsIn(['red', 'blue'], { each: true })
  colors?: string[];
  @ApiPropertyOptional() @IsOptional() @Transform(({ value }) => value === 'true') @IsBoolean() old?: boolean;
  @ApiPropertyOptional({ type: 'number' }) @IsOptional() @IsInt() @Type(() => Number) least?: number;
}

class Note {
  @ApiProperty() @IsString() note: string;
  @ApiProperty({ type: 'string', format: 'binary' }) @IsOptional() file: unknown;
}

@ApiTags('things')
@Controller('things')
class ThingsController {
  @Get() @ApiOkResponse({ type: Page })
  list(@Query() query: PageQuery): Page {
    const page = query.page ?? 1, size = query.size ?? 10;
    const all = [...Array(25).keys()];
    return { items: all.slice((page - 1) * size, page * size), total: 25 };
  }

  @Get('search') @ApiOkResponse({ type: Object })
  search(@Query() query: Search) { return query; }

  @Post() @ApiCreatedResponse({ type: Thing })
  create(@Body() body: Thing): Thing { return body; }

  @Post('form') @ApiConsumes('application/x-www-form-urlencoded') @ApiCreatedResponse({ type: Object })
  form(@Body() body: Owner) { return body; }

  @Delete(':id') @HttpCode(204)
  remove(@Param('id', ParseIntPipe) id: number): void {
    if (id !== 7) throw new BadRequestException(`unexpected ${id}`);
  }
}

@ApiTags('files')
@Controller('files')
class FilesController {
  @Post() @ApiConsumes('multipart/form-data') @ApiBody({ type: Note }) @ApiCreatedResponse({ type: Object })
  @UseInterceptors(FileInterceptor('file'))
  upload(@UploadedFile() file: any, @Body() body: Note) {
    return { name: file.originalname, content: file.buffer.toString(), note: body.note };
  }

  @Get() @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, content: undefined })
  read() { return new StreamableFile((globalThis as any).Buffer.from('content')); }
}

@ApiTags('feed')
@Controller('feed')
class FeedController {
  @Sse() @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'object' } } } })
  events() { return from([...'yes'].map((delta) => ({ data: { delta } }))); }
}

@ApiTags('secrets') @ApiBearerAuth()
@Controller('secrets')
class SecretsController {
  @Get() @ApiOkResponse({ type: Object })
  who(@Headers('authorization') token: string) { return { token: token ?? '' }; }
}

@Module({ controllers: [ThingsController, FilesController, FeedController, SecretsController] })
class App {}

async function main(): Promise<void> {
  const app = await NestFactory.create(App, { logger: ['error'] });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  const about = new DocumentBuilder().setTitle('Trial').setVersion('1').addBearerAuth().build();
  SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, about), { jsonDocumentUrl: 'openapi.json' });
  await app.listen(Number((globalThis as any).process.argv[2]), '127.0.0.1');
}

void main();
