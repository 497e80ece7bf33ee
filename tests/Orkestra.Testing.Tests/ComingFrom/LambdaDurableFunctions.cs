using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class LambdaDurableFunctions : Workflow<Cart, string>
{
    public static readonly Step<Cart, Cart> Charge = new(cart => cart);
    public static readonly Step<Cart, string> RemindCustomer = new(cart => $"{cart.Id}: how do you like it?");

    public override Flow<Cart, string> Define() =>
        Charge
        >> Wait.For(TimeSpan.FromDays(7))
        >> RemindCustomer;
}
