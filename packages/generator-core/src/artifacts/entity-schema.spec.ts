import { expect, test } from 'vitest';
import { planText } from '../testing/planned-service';

test('rows nested in the user entity are written when a user is made', () => {
  const { templateTexts } = planText(`
service: x
auth: { user: Person, login: email, register: true }
entities:
  Person:
    fields: { email: email unique }
    relations: { offers: has_many Offer.person nested }
    access: { read: self }
  Offer:
    fields: { title: string }
    owner: person
    relations: { person: belongs_to Person }
    access: { read: public, write: owner }
`);
  const requests = templateTexts.get('app/schemas/person.py') ?? '';
  expect(requests.match(/class PersonCreate.*?(?=\n\n)/s)?.[0]).toBe(`class PersonCreate(StrictModel):
    email: Email
    password: Password
    offers: Annotated[list[OfferIn], Field(min_length=1, max_length=100)]`);
  const rows = templateTexts.get('app/repositories/person.py') ?? '';
  expect(rows.match(/person = Person\(.*?\n {8}\)/s)?.[0]).toBe(`person = Person(
            **data.model_dump(exclude={"offers", "password"}),
            offers=[Offer(**offer.model_dump()) for offer in data.offers],
            hashed_password=hashed_password,
        )`);
});
