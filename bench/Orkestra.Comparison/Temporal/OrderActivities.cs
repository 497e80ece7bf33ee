using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleNotificationService;
using Temporalio.Activities;

/// <summary>What the activities do. Not compiled here.</summary>
public class OrderActivities(IAmazonDynamoDB table, IAmazonSimpleNotificationService topic)
{
    [Activity]
    public CustomerOrder Prepare(CustomerOrder order)
    {
        if (order.Lines.Length == 0) throw new OrderRefusedException("The order is empty");
        return order with { Total = order.Lines.Sum(line => line.Quantity * 12.50m) };
    }

    [Activity]
    public Task AskManagerAsync(CustomerOrder order, string workflowId) => Mail.SendAsync("manager", $"Approve order {order.Id}? Signal {workflowId}");

    [Activity]
    public CustomerOrder Reserve(CustomerOrder order) => order with { ReservationId = $"R-{order.Id}" };

    [Activity]
    public Task ReleaseAsync(CustomerOrder order) => Mail.SendAsync("warehouse", $"release {order.ReservationId}");

    [Activity]
    public CustomerOrder Charge(CustomerOrder order, string key)
    {
        try
        {
            return Bank.Charge(order, key);
        }
        catch (CardDeclinedException declined)
        {
            throw new CardDeclinedException($"{declined.Message}. {declined.Advice}", declined.Advice);
        }
    }

    [Activity]
    public Task RefundAsync(CustomerOrder order) => Mail.SendAsync("bank", $"refund {order.PaymentId}");

    [Activity]
    public Task AuditAsync(CustomerOrder order) => Mail.SendAsync("audit", $"order {order.Id} ended");

    [Activity]
    public Parcels SendParcel(Parcel parcel) => new($"post to {parcel.Address}");

    [Activity]
    public Parcels PutAside(Pickup pickup) => new($"shelf in {pickup.Store}");

    [Activity]
    public Parcels Track(Parcels parcels) => Carrier.Track(parcels);

    [Activity]
    public Task StoreAsync(CustomerOrder order, string trackingId) => table.PutItemAsync(
        Environment.GetEnvironmentVariable("ORDERS_TABLE"),
        new Dictionary<string, AttributeValue>
        {
            ["id"] = new(order.Id),
            ["customer"] = new(order.Customer),
            ["total"] = new() { N = order.Total.ToString(CultureInfo.InvariantCulture) },
            ["trackingId"] = new(trackingId),
        });

    [Activity]
    public Task NotifyAsync(string message) => topic.PublishAsync(Environment.GetEnvironmentVariable("CUSTOMER_TOPIC"), message);
}
