using Orkestra.Authoring;
using Orkestra.Authoring.Services;

/// <summary>
/// Prepares an order, asks a manager about large ones, reserves, charges, ships and stores it. If something fails on the way, what was done is undone in reverse order. SNS tells the customer how it ended.
/// </summary>
public sealed partial class OrderProcess : Workflow<CustomerOrder, OrderResult>
{
    public static readonly Step<CustomerOrder, CustomerOrder> Validate =
        new(order => order.Lines.Length > 0 ? order : throw new OrderRefusedException("The order is empty")) { Throws = [typeof(OrderRefusedException)] };

    public static readonly Step<CustomerOrder, CustomerOrder> Price = new(order => order with { Total = order.Lines.Sum(line => line.Quantity * 12.50m) });

    public static readonly Step<CustomerOrder, Nothing> AskManager = new((order, context) => Mail.Send("manager", $"Approve order {order.Id}? Answer with {context.TaskToken}"));

    public static readonly Step<CustomerOrder, CustomerOrder> Reserve = new(order => order with { ReservationId = $"R-{order.Id}" });

    public static readonly Step<CustomerOrder, Nothing> Release = new(order => Mail.Send("warehouse", $"release {order.ReservationId}"));

    public static readonly Step<CustomerOrder, CustomerOrder> Charge = new((order, context) => Bank.Charge(order, context.IdempotencyKey))
    {
        Throws = [typeof(CardDeclinedException), typeof(BankUnreachableException)],
    };

    public static readonly Step<CustomerOrder, Nothing> Refund = new(order => Mail.Send("bank", $"refund {order.PaymentId}"));

    public static readonly Step<CustomerOrder, Nothing> Audit = new(order => Mail.Send("audit", $"order {order.Id} ended"));

    // The state machine makes these two calls itself.
    static ServiceStep<Shipped, Shipped> Store =>
        DynamoDb.Put<Shipped, DeliveredOrder>("${OrdersTable}", shipped => new DeliveredOrder(shipped.Order.Id, shipped.Order.Customer, shipped.Order.Total, shipped.TrackingId));

    static ServiceStep<OrderResult, OrderResult> Notify => Sns.Publish<OrderResult, string>("${CustomerTopic}", result => result.Message).PassInput();

    static Flow<CustomerOrder, CustomerOrder> Approve =>
        (from order in Flow.Input<CustomerOrder>()
         from decision in AskManager.WaitForCallback<Decision>(timeout: TimeSpan.FromDays(3)).With(order)
         select new Reviewed(order, decision))
        .Switch(review => review.Decision.IsApproved)
            .Case(true, Flow.Input<Reviewed>().Select(review => review.Order))
            .Case(false, Flow.Fail<Reviewed, CustomerOrder>(review => new OrderRefusedException($"{review.Decision.By} refused the order")));

    static Flow<CustomerOrder, OrderResult> Carry =>
        (Validate >> Price).Fused("Prepare").When(order => order.Total > 1000, Approve)
        >> Reserve.CompensateWith(Release)
        >> Charge.Retry<BankUnreachableException>(5, TimeSpan.FromSeconds(2), maxDelay: TimeSpan.FromMinutes(1), jitter: JitterStrategy.Full).CompensateWith(Refund)
        >> new Shipping().AsStep()
        >> Store.Select(shipped => new OrderResult(shipped.Order.Id, true, $"Order {shipped.Order.Id} was delivered, tracked as {shipped.TrackingId}"));

    public override Flow<CustomerOrder, OrderResult> Define() =>
        Try(Carry)
            .Catch<CardDeclinedException>((order, error) => new OrderResult(order.Id, false, $"{error.Message}. {error.Advice}"))
            .Catch<OrderRefusedException>((order, error) => new OrderResult(order.Id, false, error.Message))
            .Catch<TimeoutException>((order, _) => new OrderResult(order.Id, false, "Nobody answered in time"))
            .Finally(Audit)
        >> Notify;
}
