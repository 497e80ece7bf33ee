using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../Observed"));
_ = new ObservabilityStack(app, "Observability");
app.Synth();
