public sealed record Item(string Name, decimal? Price)
{
    static readonly string[] Names = ["potato", "moth", "lantern", "kettle"];

    public static Item Random() => new(Names[System.Random.Shared.Next(Names.Length)], null);
}
