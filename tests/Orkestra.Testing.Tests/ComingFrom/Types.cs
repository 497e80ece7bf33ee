namespace Orkestra.Testing.Tests.ComingFrom;

public sealed record Item(string Id, decimal Price);

public sealed record Cart(string Id, decimal Total);

public sealed record Approval(bool IsApproved, string By);

public sealed class CardDeclinedException(string message) : Exception(message);

public sealed record Approved(Cart Cart, string By);
