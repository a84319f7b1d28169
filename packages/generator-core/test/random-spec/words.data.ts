import { pluralOf, snakeCase } from '../../src/spec/naming';
import {
  generatedColumns,
  generatedUserColumns,
  listParameters,
  reservedClassNames,
  reservedFieldNames,
  reservedModules,
  reservedTables,
} from '../../src/spec/reserved-names';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Odd plurals, words of SQL, of Python, of FastAPI, SQLAlchemy and pytest, names of our own files, short and long ones. */
export const entityNames = words(`
  Person News Series Status Address Box Quiz Child Category Analysis Datum Hero Shelf Day Key Bus Fish
  HTTPLog A X1 V2Item IOPort Order Group Transaction Check Default References Constraint View Trigger Window Row Cascade
  Item Model Schema Router Service Client Test Event Engine Result Relationship Association Load Link Header Cookie Form File
  List Dict Set Type Int Str Self Final Object Case Match Property Timestamp Interval Action Access Contract Trap Support Config
  Database Security Middleware Log Openapi Viewer2 Member Book Author Tag Comment Project Customer Invoice Payment Wallet Folder
  TimeoutError Counter Chain Product Query2 Migration Struct Operation Problem2 Session2 Fixture Conftest Mark Param Request2 Statement
  VeryLongNameOfAnEntity SQLDialectOption UserAgent APIKey Data Information Entity Record Value Field2 Index2 Enum2 Table2 Import2
`).filter(
  (name) => !reservedClassNames.has(name) && !reservedModules.has(snakeCase(name)) && !reservedTables.has(pluralOf(snakeCase(name))),
);

export const userNames = words('User Member Account Person Staff2 Employee AppUser').filter((name) => !reservedClassNames.has(name));

const fieldWords = words(`
  order group user table select end desc check default references key value values primary type format hash len max min sum count
  filter map iter next open print range zip all any abs input dir vars super repr match case data session viewer query statement scope
  page total items status response request payload row rows result func column constraint level comment timestamp year interval
  current_user unique digits model fitting dt exists update delete sa name create title label code note amount price quantity rank
  price_min price_max quantity_min e_mail first_name x a1 is_open has_stock items_count body path headers cookies action now today
  index search sorted limit offset q sort text string integer number real uuid4 json_data base engine app client settings factories
  statements row_id entity table_name token secret owner_name tenant version sequence parent_name role_name active archived weight
  height width depth color colour size brand sku isbn ean url_path link email_address phone street city zip_code country latitude
  longitude starts_at ends_on due_on opened_at closed_at published_on made_at born_on rating stars score points balance fee tax total_net
  a_quite_long_name_of_a_field another_rather_long_name detail typ errors self_ cls_ raw plain rate window_size position
`);

/** For columns of an entity; `limit` and the like are fine unless something filters by them. */
export const fieldNames = fieldWords.filter(
  (name) => !reservedFieldNames.has(name) && !generatedColumns.has(name) && !generatedUserColumns.has(name),
);
export const filterableNames = new Set(fieldNames.filter((name) => !listParameters.has(name)));

export const relationNames = words(`
  parent source origin holder keeper manager home base_of main previous successor lead buyer seller reviewer place
  select_ first second left right group_of order_of from_ in_charge subject target_of context
`).filter((name) => !reservedFieldNames.has(name));
export const collectionNames = words(`
  children entries lines parts pieces members_of links records things pages_of offers chapters replies versions copies choices all_of
`);
export const oneNames = words('profile card badge cover_of passport');
export const memberNames = words('Membership Seat Employment').filter((name) => !reservedClassNames.has(name));
export const tenantRoles = words('trainee agent director boss clerk visitor owner');
export const manyNames = words('labels topics peers neighbours friends related similar others kinds marks sets groups_of');

export const enumNames = words('Color Size Kind State Level Mode OrderState Unit Shade Grade Flavor Phase');
export const enumValues = words(`
  small large red green name value mro none new open closed title lower upper format count index in_progress a x1 very_long_member_of_an_enum
  and_ true_ todo done low high draft final strip keys items
`);
export const structNames = words('Spec Size2 Dimensions Money Geo Extra Meta Info Options Choice');
export const roleNames = words('guest reader writer editor staff admin manager root superuser');

/** What people write in descriptions and what templates must quote. */
export const texts = [
  'A plain line.',
  'It\'s "quoted" and \\ slashed.',
  '{{ braces }} {% percent %} #{hash} ${dollar}',
  'Größe › 5 – „viel“ ☃ 🎉',
  'Ends with a quote"',
  'Ends with a backslash \\',
  '"""three quotes""" and \'\'\'three more\'\'\'',
  'One line\nand another one.',
  'A very long text that goes on and on, past the hundred characters that a line of Python may have, so that it must be broken or left alone.',
  '<b>html & entities</b> `code` *stars*',
  '%s %(name)s {0} {name}',
];
