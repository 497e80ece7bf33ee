/// <summary>What the functions of the state machines in ASL and in CDK do: one handler for each state. The same work as the steps of <see cref="OrderProcess"/>.</summary>
public static class OrderFunctions
{
    public static CustomerOrder Prepare(CustomerOrder order)
    {
        if (order.Lines.Length == 0) throw new OrderRefusedException("The order is empty");
        return order with { Total = order.Lines.Sum(line => line.Quantity * 12.50m) };
    }

    public static void AskManager(AskRequest request) => Mail.Send("manager", $"Approve order {request.Order.Id}? Answer with {request.TaskToken}");

    public static CustomerOrder Reserve(CustomerOrder order) => order with { ReservationId = $"R-{order.Id}" };

    public static void Release(CustomerOrder order) => Mail.Send("warehouse", $"release {order.ReservationId}");

    public static CustomerOrder Charge(ChargeRequest request)
    {
        try
        {
            return Bank.Charge(request.Order, request.Key);
        }
        catch (CardDeclinedException declined)
        {
            // Of an exception, only its type and its message leave the function.
            throw new CardDeclinedException($"{declined.Message}. {declined.Advice}", declined.Advice);
        }
    }

    public static void Refund(CustomerOrder order) => Mail.Send("bank", $"refund {order.PaymentId}");

    public static void Audit(CustomerOrder order) => Mail.Send("audit", $"order {order.Id} ended");

    public static Parcels SendParcel(Parcel parcel) => new($"post to {parcel.Address}");

    public static Parcels PutAside(Pickup pickup) => new($"shelf in {pickup.Store}");

    public static Parcels Track(Parcels parcels) => Carrier.Track(parcels);
}

public sealed record AskRequest(CustomerOrder Order, string TaskToken);

public sealed record ChargeRequest(CustomerOrder Order, string Key);
