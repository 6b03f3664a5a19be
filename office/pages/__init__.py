"""The pages: how people at the office see and change the books. History is never edited or deleted here."""
