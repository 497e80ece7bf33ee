/// <summary>What the steps do. Not compiled here.</summary>
static class OrderSteps
{
    public static CustomerOrder Validate(CustomerOrder order) => order.Lines.Length > 0 ? order : throw new OrderRefusedException("The order is empty");

    public static CustomerOrder Price(CustomerOrder order) => order with { Total = order.Lines.Sum(line => line.Quantity * 12.50m) };

    public static Task AskManager(CustomerOrder order, string token) => Mail.SendAsync("manager", $"Approve order {order.Id}? Answer with {token}");

    public static CustomerOrder Reserve(CustomerOrder order) => order with { ReservationId = $"R-{order.Id}" };

    public static Task Release(CustomerOrder order) => Mail.SendAsync("warehouse", $"release {order.ReservationId}");

    public static CustomerOrder Charge(CustomerOrder order, string key)
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

    public static Task Refund(CustomerOrder order) => Mail.SendAsync("bank", $"refund {order.PaymentId}");

    public static Task Audit(CustomerOrder order) => Mail.SendAsync("audit", $"order {order.Id} ended");

    public static Parcels SendParcel(Parcel parcel) => new($"post to {parcel.Address}");

    public static Parcels PutAside(Pickup pickup) => new($"shelf in {pickup.Store}");

    public static Parcels Track(Parcels parcels) => Carrier.Track(parcels);
}
