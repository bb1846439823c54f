"""A script without types, as people write them."""
import sys

from ledger_client import *  # noqa: F403
from ledger_client import Ledger, models
from .customers import Customer as Person

client = Ledger()


def main(argv=sys.argv):
    for one in client.customers.query_customer(models.CustomerFilter()).items or ():  #@ client.customers.query_customer
        show(one)
        print(one.email)  #@ models.Customer.email
    helper(client)
    show_person(one=client.customers.get_customer(id=argv[1]))


def show(one):
    print(one.email)  #@ models.Customer.email


def show_person(one):
    assert isinstance(one, Person)
    print(one.email)  #@ models.Customer.email


def helper(ledger):
    ledger.tasks.create_task(None)  #@ client.tasks.create_task


class Task:
    def create_task(self, email):
        self.email = email
        return self


def decoy(task):
    Task().create_task("a").email.upper()
    return task.most  #@ maybe models.Limit.most


if __name__ == "__main__":
    main()
