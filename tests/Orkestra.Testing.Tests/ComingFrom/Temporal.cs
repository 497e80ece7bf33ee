using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class Temporal : Workflow<Cart, string>
{
    public static readonly Step<Cart, Cart> Reserve = new(cart => cart);
    public static readonly Step<Cart, Nothing> Release = new(_ => default);
    public static readonly Step<Cart, Nothing> Ask = new((_, context) => context.TaskToken!.Length > 0 ? default(Nothing) : throw new InvalidOperationException("There is no token to send."));
    public static readonly Step<Approved, string> Charge = new(order => $"{order.Cart.Id} is paid, approved by {order.By}");

    public override Flow<Cart, string> Define() =>
        Reserve.CompensateWith(Release)
        >> (from cart in Flow.Input<Cart>()
            from approval in Ask.WaitForCallback<Approval>(timeout: TimeSpan.FromDays(3)).With(cart)
            select new Approved(cart, approval.By))
        >> Charge.Retry(5, TimeSpan.FromSeconds(1), backoffRate: 2);
}
