using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Orkestra.Hosting;

var parcel = await new Pack().RunAsync(new Parcel("trimmed", 1));
Console.WriteLine($"{parcel.Label}: {parcel.Grams}");

sealed record Parcel(string Label, int Grams);

sealed partial class Pack : Workflow<Parcel, Parcel>
{
    static readonly Step<Parcel, Parcel> Weigh = new(parcel => parcel with { Grams = parcel.Grams * 21 });
    static readonly Step<Parcel, Parcel> Print = new(parcel => parcel with { Label = parcel.Label.ToUpperInvariant() });

    protected override JsonSerializerOptions JsonOptions => Payloads.Default.Options;

    public override Flow<Parcel, Parcel> Define() => Weigh.Select(parcel => new Parcel(parcel.Label, parcel.Grams * 2)) >> Print;

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Parcel))]
    sealed partial class Payloads : JsonSerializerContext;
}
