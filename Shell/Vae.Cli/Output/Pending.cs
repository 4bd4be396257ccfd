using System.Text.Json;
using Vae.Torch;
namespace Vae.Cli;
internal sealed class Pending(TextWriter o) : ITrainingOutput {
  private static readonly JsonSerializerOptions J=new(JsonSerializerDefaults.Web);
  public void Report(TrainEvent v){ if(v is TrainEvent.EpochEnded e) o.WriteLine(JsonSerializer.Serialize(e.Entry,J)); }
  public void Finish(TrainResult r)=>o.WriteLine(JsonSerializer.Serialize(new{@event="completed",run=r.Run,epochs=r.Epochs,seconds=r.Seconds,imagesPerSecond=r.ImagesPerSecond,train=r.Train,test=r.Test},J));
  public void Dispose(){}
}
