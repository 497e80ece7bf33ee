using Orkestra.Authoring;

/// <summary>Hands an order over in the way the customer chose, and waits until it has arrived.</summary>
public sealed partial class Shipping : Workflow<CustomerOrder, Shipped>
{
    public static readonly Step<Parcel, Parcels> SendParcel = new(parcel => new Parcels($"post to {parcel.Address}"));

    public static readonly Step<Pickup, Parcels> PutAside = new(pickup => new Parcels($"shelf in {pickup.Store}"));

    public static readonly Step<Parcels, Parcels> Track = new(Carrier.Track);

    public override Flow<CustomerOrder, Shipped> Define() =>
        from order in Flow.Input<CustomerOrder>()
        from parcels in Hand.With(order.Delivery)
        select new Shipped(order, parcels.TrackingId);

    static Flow<Delivery, Parcels> Hand =>
        Flow.Input<Delivery>().Switch()
            .Case(SendParcel)
            .Case(PutAside)
        >> Track.PollUntil(parcels => parcels.IsDelivered, every: TimeSpan.FromHours(6), giveUpAfter: TimeSpan.FromDays(14));
}
