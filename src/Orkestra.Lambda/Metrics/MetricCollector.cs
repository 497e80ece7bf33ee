using System.Diagnostics.Metrics;
using System.Globalization;
using System.Numerics;
using Orkestra.Lambda.Observability;

namespace Orkestra.Lambda.Metrics;

/// <summary>Listens to the process's instruments and keeps what they measure until it is written.</summary>
internal sealed class MetricCollector : IDisposable
{
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
    const int MaxDimensions = 30;
    const int MaxValueLength = 1024;

    readonly MetricOptions _options;
    readonly KeyValuePair<string, string>[] _common;
    readonly MeterListener _listener;
    readonly Lock _lock = new();
    readonly Dictionary<(Instrument, string), double> _totals = [];
    Dictionary<string, MetricGroup> _groups = new(StringComparer.Ordinal);

    public MetricCollector(MetricOptions options, string service)
    {
        _options = options;
        _common = [new("service", service), .. options.Dimensions];
        _listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (options.InstrumentFilter(instrument))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _listener.Start();
    }

    /// <summary>Takes what was measured since the last time, the observable instruments' present values included.</summary>
    public IReadOnlyCollection<MetricGroup> Take()
    {
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            var taken = _groups;
            _groups = new(StringComparer.Ordinal);
            return taken.Values;
        }
    }

    public void Dispose() => _listener.Dispose();

    static Aggregation AggregationOf(Instrument instrument) =>
        instrument.IsObservable ? (IsKind(instrument, typeof(ObservableCounter<>)) ? Aggregation.Sum : Aggregation.Last)
        : IsKind(instrument, typeof(Histogram<>)) ? Aggregation.All
        : IsKind(instrument, typeof(Gauge<>)) ? Aggregation.Last
        : Aggregation.Sum;

    static bool IsKind(Instrument instrument, Type kind) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    void Listen<T>()
        where T : struct, INumber<T> =>
        _listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) => Record(instrument, double.CreateChecked(value), tags));

    void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!double.IsFinite(value))
            return;
        var dimensions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in _common)
            Add(dimensions, name, text);
        SortedDictionary<string, string>? metadata = null;
        foreach (var (name, tag) in tags)
        {
            var text = Convert.ToString(tag, CultureInfo.InvariantCulture);
            // More dimensions than CloudWatch takes would lose the whole object; beside the metrics nothing is lost.
            var isDimension = !_options.Metadata.Contains(name) && (dimensions.Count < MaxDimensions || dimensions.ContainsKey(name));
            Add(isDimension ? dimensions : metadata ??= new(StringComparer.Ordinal), name, text);
        }

        var key = string.Join('\u001f', dimensions.Select(dimension => $"{dimension.Key}\u001e{dimension.Value}"));
        var aggregation = AggregationOf(instrument);
        lock (_lock)
        {
            if (instrument.IsObservable && aggregation == Aggregation.Sum)
                value = Difference(instrument, key, value);
            if (!_groups.TryGetValue(key, out var group))
                _groups.Add(key, group = new(dimensions));
            foreach (var (name, text) in metadata ?? [])
                group.Metadata[name] = text;
            if (!group.Series.TryGetValue(instrument.Name, out var series))
                group.Series.Add(instrument.Name, series = new(CloudWatchUnit.Of(instrument.Unit), aggregation));
            series.Add(value);
        }
    }

    // An observed counter reports its total; CloudWatch adds up what it gets.
    double Difference(Instrument instrument, string key, double total)
    {
        var before = _totals.GetValueOrDefault((instrument, key));
        _totals[(instrument, key)] = total;
        return total - before;
    }

    static void Add(SortedDictionary<string, string> to, string name, string? text)
    {
        // A dimension without a value makes CloudWatch refuse the object.
        if (name.Length > 0 && !string.IsNullOrWhiteSpace(text))
            to[name] = text.Length <= MaxValueLength ? text : text[..MaxValueLength];
    }
}
