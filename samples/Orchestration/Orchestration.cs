using Orkestra.Authoring;

/// <summary>Every way to put steps together: a chain, both kinds of parallel, a map after a map.</summary>
public sealed class Orchestration : Workflow<Nothing, int>
{
    static readonly Step<Nothing, Order> ReceiveOrder = new(_ => new Order("A-1", ["bolt", "nut", "washer"]));
    static readonly Step<Order, Order> CheckOrder = new(order => order.Lines.Length > 0 ? order : throw new ArgumentException("The order is empty."));
    static readonly Step<Order, decimal> Weigh = new(order => order.Lines.Sum(line => line.Length * 0.25m));
    static readonly Step<Order, string> ReserveStock = new(order => $"reserved {order.Lines.Length}");
    static readonly Step<(decimal Weight, string Stock), decimal> QuoteShipping = new(order => order.Weight * 2);
    static readonly Step<decimal, string> MailCustomer = new(quote => $"shipping costs {quote}");
    static readonly Step<object?, string> MailPartner = new(_ => throw new HttpRequestException("The partner's mail server is down."));
    static readonly Step<(Outcome<string> Customer, Outcome<string> Partner), string[]> Report =
        new(mails => [.. new[] { mails.Customer, mails.Partner }.Select(mail => mail.IsSuccess ? mail.Value : $"{mail.Error}: {mail.Failure.Message}")]);
    static readonly Step<string, string> Shout = new(text => text.ToUpperInvariant());
    static readonly Step<string, int> CountLetters = new(text => text.Count(char.IsLetter));
    static readonly Step<int[], int> Add = new(numbers => numbers.Sum());

    public override Flow<Nothing, int> Define() =>
        ReceiveOrder
        >> CheckOrder                                   // a chain
        >> All(Weigh, ReserveStock)                     // parallel, the first error fails the run: (decimal, string)
        >> QuoteShipping
        >> (MailCustomer, MailPartner.Retry(1))         // parallel, an error is part of the result: (Outcome<string>, Outcome<string>)
        >> Report
        >> Shout.Map()                                  // one task per element
        >> CountLetters.Map(maxConcurrency: 2)          // a map after a map
        >> Add;
}
