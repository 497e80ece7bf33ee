using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class RawAsl : Workflow<Cart, string>
{
    public static readonly Step<Cart, Cart> Check = new(cart => cart);
    public static readonly Step<Cart, string> AskManager = new(cart => $"{cart.Id} waits for the manager");
    public static readonly Step<Cart, string> Ship = new(cart => $"{cart.Id} is shipped");

    public override Flow<Cart, string> Define() =>
        Check.Retry(3, TimeSpan.FromSeconds(2))
            .When(cart => cart.Total > 1000, AskManager, Ship);
}
