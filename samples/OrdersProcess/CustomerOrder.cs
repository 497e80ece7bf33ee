using System.Text.Json.Serialization;

/// <summary>An order on its way through the process. What is known later is null at first.</summary>
public sealed record CustomerOrder(
    string Id, string Customer, Delivery Delivery, OrderLine[] Lines, decimal Total = 0, string? ReservationId = null, string? PaymentId = null);

public sealed record OrderLine(string Item, int Quantity);

[JsonDerivedType(typeof(Parcel), "parcel")]
[JsonDerivedType(typeof(Pickup), "pickup")]
public abstract record Delivery;

public sealed record Parcel(string Address) : Delivery;

public sealed record Pickup(string Store) : Delivery;

/// <summary>What the manager answers.</summary>
public sealed record Decision(bool IsApproved, string By);

public sealed record Reviewed(CustomerOrder Order, Decision Decision);

public sealed record Parcels(string TrackingId, bool IsDelivered = false);

public sealed record Shipped(CustomerOrder Order, string TrackingId);

/// <summary>What the table keeps of an order.</summary>
public sealed record DeliveredOrder(string Id, string Customer, decimal Total, string TrackingId);

/// <summary>How the order ended.</summary>
public sealed record OrderResult(string OrderId, bool IsDelivered, string Message);

/// <summary>The order can't be fulfilled for a business reason, not because of a defect.</summary>
public class OrderRefusedException(string message) : Exception(message);

public sealed class CardDeclinedException(string message, string advice) : OrderRefusedException(message)
{
    public string Advice { get; } = advice;
}

public sealed class BankUnreachableException(string message) : Exception(message);
